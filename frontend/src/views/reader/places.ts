import type { BookDetail, Mark, SectionText } from '../../lib/api/types';
import type { ReaderState } from '../../lib/urls';

export interface Page {
  section: SectionText;
  detail: BookDetail;
}

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

/** Where the lines or verses stand that "1-7,15" names, as far as the section has them. */
export function unitRanges(units: string, all: SectionText['units']): Mark[] {
  return units.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    const found = all.filter(([number]) => number >= first && number <= last);
    const [opening, closing] = [found[0], found.at(-1)];
    return opening && closing ? [[opening[1], closing[2]] as const] : [];
  });
}

/** The address of a line or verse, or of those from the only one that is chosen to this one. */
export function unitsTo(number: number, chosen: string | null): string {
  const from = Number(chosen);
  if (!from || from === number) return String(number);
  return `${Math.min(from, number)}-${Math.max(from, number)}`;
}

/** Index of the first mark that ends behind the offset. */
export function firstHit(marks: readonly Mark[], offset: number): number | null {
  const at = marks.findIndex(([, end]) => end > offset);
  return at < 0 ? null : at;
}
