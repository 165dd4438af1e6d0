"""Deflate without a search for repeats: runs of one byte and Huffman codes (RFC 1951), compiled.

Filtered rows of a grainy picture hold hardly any repeats but runs of zeros. Packing them so gives the size that zlib's
Z_RLE strategy gives, in two thirds of its time.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

BLOCK = 65_536  # bytes a block: its codes fit what it holds
LITERALS = 286  # literals 0-255, end of block 256, run lengths 257-285
LONGEST_CODE = 15
HEADER_BITS = 3 + 14 + 19 * 3 + (LITERALS + 1) * 4
ORDER = np.array([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15])
RUN_BASE = np.array(
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
)
RUN_EXTRA = np.array([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0])
RUN_CODE = np.array([max(i for i, base in enumerate(RUN_BASE) if base <= max(n, 3)) for n in range(259)])

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]


def _compiled(function: Any) -> Any:
    return numba.njit(cache=True, nogil=True)(function)


def pack_runs(data: Bytes) -> bytes:
    """The bytes as deflate blocks, none of them the last, ended on a byte's edge as after a sync flush."""
    blocks = data.size // BLOCK + 2
    out = np.empty(data.size * 2 + blocks * (HEADER_BITS // 8 + 16), np.uint8)
    length = _pack(data, out, ORDER, RUN_BASE, RUN_EXTRA, RUN_CODE)
    return out[:length].tobytes()


@_compiled
def _pack(data: Bytes, out: Bytes, order: Ints, base: Ints, extra: Ints, code_of: Ints) -> Any:
    tokens = np.empty(BLOCK, np.int32)  # a literal's byte, or 256 and more: a run of token - 256 bytes
    position, store, held = 0, np.uint64(0), 0
    for start in range(0, data.size, BLOCK):
        count = _tokens(data, start, min(start + BLOCK, data.size), tokens)
        tally = np.zeros(LITERALS, np.int64)
        tally[256] = 1
        for i in range(count):
            token = tokens[i]
            tally[token if token < 256 else 257 + code_of[token - 256]] += 1
        sizes = _code_sizes(tally)
        codes = _codes(sizes)
        position, store, held = _header(out, position, store, held, sizes, order)
        sent, bits = codes.astype(np.uint64), sizes.astype(np.uint64)
        shift = np.uint64(held)
        for i in range(count):
            token = tokens[i]
            if token < 256:
                store |= sent[token] << shift
                shift += bits[token]
            else:
                kind = code_of[token - 256]
                store |= sent[257 + kind] << shift
                shift += bits[257 + kind]
                store |= np.uint64(token - 256 - base[kind]) << shift
                shift += np.uint64(extra[kind] + 1)  # and the one distance code, a 0 bit
            if shift >= np.uint64(32):
                for byte in range(4):
                    out[position + byte] = np.uint8((store >> np.uint64(8 * byte)) & np.uint64(255))
                store >>= np.uint64(32)
                position += 4
                shift -= np.uint64(32)
        store |= sent[256] << shift
        held = int(shift + bits[256])
    return _flush(out, position, store, held)


@_compiled
def _tokens(data: Bytes, start: int, end: int, tokens: NDArray[np.int32]) -> int:
    """Literals and runs (of at least three repeats of the byte before) of a stretch; how many."""
    count, at = 0, start
    while at < end:
        value = data[at]
        tokens[count] = value
        count += 1
        at += 1
        if at + 3 > end or data[at] != value or data[at + 1] != value or data[at + 2] != value:
            continue
        run = at + 3
        while run < end and data[run] == value:
            run += 1
        left = run - at
        while left >= 3:
            take = min(left, 258)
            tokens[count] = 256 + take
            count += 1
            left -= take
            at += take
    return count


@_compiled
def _code_sizes(tally: Ints) -> Any:
    """Huffman code lengths of at most LONGEST_CODE bits; counts are flattened until the longest code is short enough."""
    weights = tally.copy()
    while True:
        sizes = _huffman(weights)
        if sizes.max() <= LONGEST_CODE:
            return sizes
        for i in range(weights.size):
            if weights[i] > 0:
                weights[i] = (weights[i] + 1) // 2


@_compiled
def _huffman(weights: Ints) -> Ints:
    """Code lengths by joining the two lightest trees until one is left (Huffman 1952)."""
    size = weights.size
    weight = np.zeros(2 * size, np.int64)
    parent = np.full(2 * size, -1, np.int64)
    weight[:size] = weights
    order = np.argsort(weights)
    leaf = 0
    while leaf < size and weights[order[leaf]] == 0:
        leaf += 1
    joint, made = size, size
    sizes = np.zeros(size, np.int64)
    if size - leaf == 1:
        sizes[order[leaf]] = 1
        return sizes
    for _ in range(size - leaf - 1):
        for _side in range(2):
            if leaf < size and (joint >= made or weight[order[leaf]] <= weight[joint]):
                lightest = order[leaf]
                leaf += 1
            else:
                lightest = joint
                joint += 1
            parent[lightest] = made
            weight[made] += weight[lightest]
        # A tree in the making must not be taken as its own branch: it counts only from here on.
        made += 1
    for symbol in range(size):
        node = symbol
        while parent[node] >= 0:
            node = parent[node]
            sizes[symbol] += 1
    return sizes


@_compiled
def _codes(sizes: Ints) -> Ints:
    """Canonical codes (RFC 1951, 3.2.2), their bits reversed as deflate sends them."""
    counts = np.zeros(LONGEST_CODE + 2, np.int64)
    for size in sizes:
        if size > 0:
            counts[size] += 1
    following = np.zeros(LONGEST_CODE + 2, np.int64)
    for bits in range(1, LONGEST_CODE + 1):
        following[bits] = (following[bits - 1] + counts[bits - 1]) << 1
    codes = np.zeros(sizes.size, np.int64)
    for symbol in range(sizes.size):
        size = sizes[symbol]
        value = following[size] if size > 0 else 0
        if size > 0:
            following[size] += 1
        for _ in range(size):
            codes[symbol] = (codes[symbol] << 1) | (value & 1)
            value >>= 1
    return codes


@_compiled
def _header(out: Bytes, position: int, store: Any, held: Any, sizes: Ints, order: Ints) -> tuple[int, Any, Any]:
    """A dynamic block's header; code lengths go out plainly, as sixteen codes of four bits."""
    fields = np.empty((4 + 19 + LITERALS + 1, 2), np.int64)
    fields[0] = (2 << 1, 3)  # not the last block; dynamic codes
    fields[1], fields[2], fields[3] = (LITERALS - 257, 5), (0, 5), (15, 4)
    for i in range(19):
        fields[4 + i] = (4 if order[i] < 16 else 0, 3)
    for i in range(LITERALS + 1):
        value = sizes[i] if i < LITERALS else 1  # one distance code, one bit
        turned = (value & 1) << 3 | (value & 2) << 1 | (value & 4) >> 1 | (value & 8) >> 3
        fields[23 + i] = (turned, 4)
    for i in range(fields.shape[0]):
        store |= np.uint64(fields[i, 0]) << np.uint64(held)
        held += fields[i, 1]
        while held >= 8:
            out[position] = np.uint8(store & np.uint64(255))
            store >>= np.uint64(8)
            position += 1
            held -= 8
    return position, store, held


@_compiled
def _flush(out: Bytes, position: int, store: Any, held: Any) -> Any:
    """An empty stored block, which ends on a byte's edge; the length in bytes of all."""
    held += 3
    while held > 0:
        out[position] = np.uint8(store & np.uint64(255))
        store >>= np.uint64(8)
        position += 1
        held -= 8
    out[position], out[position + 1], out[position + 2], out[position + 3] = 0, 0, 255, 255
    return position + 4
