// Deciding by keyboard: A, M, R as in the queue, C to the comment.
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("textarea, input, select") || document.querySelector("dialog[open]")) return;
  const verdict = { a: "approve", m: "minor_fix", r: "reject" }[event.key.toLowerCase()];
  if (verdict) document.querySelector(`button[name="verdict"][value="${verdict}"]`)?.click();
  else if (event.key.toLowerCase() === "c" && document.getElementById("comment")) {
    event.preventDefault();
    document.getElementById("comment").focus();
  }
});
