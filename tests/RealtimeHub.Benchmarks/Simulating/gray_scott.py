"""Gray-Scott and box counting in NumPy, as fast as NumPy goes without writing C: padded float32 arrays, every result into a buffer that exists.

usage: gray_scott.py grid SIZE STEPS THREADS  |  gray_scott.py boxes SIZE ROUNDS
Prints cell updates per second, or seconds per count.
"""
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

FEED, KILL, DU, DV = np.float32(0.037), np.float32(0.06), np.float32(0.16), np.float32(0.08)
KEEP_U = np.float32(1 - 4 * 0.16 - 0.037)
KEEP_V = np.float32(1 - 4 * 0.08 - 0.037 - 0.06)

# Rows at a time, so that the buffers of a block stay in the second-level cache.
BLOCK = 32


def wrap(a):
    a[0], a[-1] = a[-2], a[1]
    a[:, 0], a[:, -1] = a[:, -2], a[:, 1]


def block(u, v, nu, nv, first, last, work):
    lap, reaction, tmp = (w[: last - first] for w in work)
    s, here = slice(first, last), (slice(first, last), slice(1, -1))
    up, down = slice(first - 1, last - 1), slice(first + 1, last + 1)
    np.multiply(v[here], v[here], out=reaction)
    np.multiply(reaction, u[here], out=reaction)
    for a, keep, d, sign, to in ((u, KEEP_U, DU, -1, nu), (v, KEEP_V, DV, 1, nv)):
        np.add(a[up, 1:-1], a[down, 1:-1], out=lap)
        np.add(a[s, :-2], a[s, 2:], out=tmp)
        np.add(lap, tmp, out=lap)
        np.multiply(lap, d, out=lap)
        np.multiply(a[here], keep, out=tmp)
        np.add(lap, tmp, out=lap)
        if sign < 0:
            np.subtract(FEED, reaction, out=tmp)
            np.add(lap, tmp, out=to[here])
        else:
            np.add(lap, reaction, out=to[here])


def band(u, v, nu, nv, first, last, work):
    for at in range(first, last, BLOCK):
        block(u, v, nu, nv, at, min(at + BLOCK, last), work)


def grid(size, steps, threads):
    rng = np.random.default_rng(42)
    u = (1 - 0.01 * rng.random((size + 2, size + 2))).astype(np.float32)
    v = (0.01 * rng.random((size + 2, size + 2))).astype(np.float32)
    u[size // 4: size // 2, size // 4: size // 2] = 0.5
    v[size // 4: size // 2, size // 4: size // 2] = 0.25
    nu, nv = u.copy(), v.copy()
    bounds = [1 + size * i // threads for i in range(threads + 1)]
    works = [[np.empty((BLOCK, size), np.float32) for _ in range(3)] for _ in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        def step(u, v, nu, nv):
            wrap(u)
            wrap(v)
            if threads == 1:
                band(u, v, nu, nv, 1, size + 1, works[0])
            else:
                list(pool.map(lambda i: band(u, v, nu, nv, bounds[i], bounds[i + 1], works[i]), range(threads)))

        step(u, v, nu, nv)
        start = time.perf_counter()
        for _ in range(steps):
            step(u, v, nu, nv)
            u, v, nu, nv = nu, nv, u, v
        elapsed = time.perf_counter() - start
    assert np.isfinite(u).all()
    return size * size * steps / elapsed


def boxes(size, rounds):
    rng = np.random.default_rng(42)
    mask = rng.random((size, size)) < 0.01
    start = time.perf_counter()
    for _ in range(rounds):
        level, counts = mask, [int(mask.sum())]
        while level.shape[0] > 1:
            level = level[::2, ::2] | level[1::2, ::2] | level[::2, 1::2] | level[1::2, 1::2]
            counts.append(int(level.sum()))
    return (time.perf_counter() - start) / rounds


if sys.argv[1] == "grid":
    print(grid(*map(int, sys.argv[2:5])))
else:
    print(boxes(*map(int, sys.argv[2:4])))
