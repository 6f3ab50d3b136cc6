/**
 * The geometry of a dispersion strip: pure numbers, so that bars fall on whole pixels at any width. How many buckets there are
 * is decided in backend/app/index/dispersion.py.
 */

interface Bar {
  x: number;
  width: number;
  height: number;
}

/** One bar for each bucket; a bucket without hits has height 0, and a single hit is always visible. */
export function bars(dispersion: readonly number[], width: number, height: number): Bar[] {
  const most = Math.max(1, ...dispersion);
  const edge = (i: number) => Math.round((i * width) / dispersion.length);
  return dispersion.map((hits, i) => ({
    x: edge(i),
    width: Math.max(1, edge(i + 1) - edge(i) - 1),
    height: hits === 0 ? 0 : Math.max(3, Math.round((hits / most) * height)),
  }));
}

/** The bars as one SVG path that stands on `base`. */
export function path(all: readonly Bar[], base: number): string {
  return all
    .filter((bar) => bar.height > 0)
    .map(({ x, width, height }) => `M${x} ${base}v${-height}h${width}v${height}z`)
    .join('');
}

/** The nearest bucket with hits in the given direction; the same one when there is none. */
export function step(dispersion: readonly number[], from: number, by: 1 | -1): number {
  for (let i = from + by; i >= 0 && i < dispersion.length; i += by) if (dispersion[i]) return i;
  return from;
}
