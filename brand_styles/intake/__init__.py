"""Files from people, taken in safely: decoded in a child process with limits on memory and time, or refused in words."""
