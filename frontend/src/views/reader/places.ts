import type { Mark } from '../../lib/api/types';
import type { ReaderState } from '../../lib/urls';
import type { Page } from './reader.svelte';

/** Where in the section's text the address points: by the offset of a passage, or by a fraction of the book. */
export function offsetOf(
  state: Pick<ReaderState, 'passage' | 'near'>,
  page: Page,
  length: number,
): number | null {
  if (state.passage !== null) return state.passage - page.section.start;
  return state.near === null ? null : within(state.near, page, length);
}

/** Sections cover a book in order, so that the next one's position tells how much of the book this one takes. */
function within(near: number, { section, detail }: Page, length: number): number {
  const at = detail.contents.findIndex(({ id }) => id === section.id);
  const from = detail.contents[at]?.position ?? 0;
  const to = detail.contents[at + 1]?.position ?? 1;
  return to > from ? Math.max(0, Math.floor(((near - from) / (to - from)) * length)) : 0;
}

/** Index of the passage that holds the offset. */
export function passageAt(passages: readonly { start: number }[], offset: number): number | null {
  const at = passages.findLastIndex(({ start }) => start <= offset);
  return at < 0 ? (passages.length ? 0 : null) : at;
}

/** Index of the first mark that ends behind the offset. */
export function firstHit(marks: readonly Mark[], offset: number): number | null {
  const at = marks.findIndex(([, end]) => end > offset);
  return at < 0 ? null : at;
}
