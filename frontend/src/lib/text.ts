import type { BookInfo, Mark } from './api/types';

/** A run of text that is shown in one way. `mark` is the index of the mark it belongs to. */
export interface Segment {
  text: string;
  mark: number | null;
  /** Offset of the anchor that this segment starts with. */
  anchor: number | null;
  chosen: boolean;
}

/** Whether line ends are the author's; those of prose and scripture are only the printer's. */
export function keepsLines(form: BookInfo['form'] | undefined): boolean {
  return form === 'verse' || form === 'play';
}

/** A paragraph, stanza or speech: its offset in the text, and its segments. */
interface Block {
  start: number;
  segments: Segment[];
}

/** Text that is sliced by code points, as the API counts them: a letter outside the BMP is one, not two. */
export class CodePoints {
  readonly #chars: string | string[];
  readonly length: number;

  constructor(text: string) {
    this.#chars = /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
    this.length = this.#chars.length;
  }

  slice(start: number, end: number): string {
    const part = this.#chars.slice(start, end);
    return typeof part === 'string' ? part : part.join('');
  }
}

/** Marks in order, cut to the text and without overlaps. */
export function tidyMarks(marks: readonly Mark[], length: number): Mark[] {
  const tidied: Mark[] = [];
  let reached = 0;
  for (const [start, end] of [...marks].sort((a, b) => a[0] - b[0])) {
    const mark: Mark = [Math.max(start, reached), Math.min(end, length)];
    if (mark[0] >= mark[1]) continue;
    tidied.push(mark);
    reached = mark[1];
  }
  return tidied;
}

interface Range {
  start: number;
  end: number;
}

/** What is cut out of a text besides its marks. */
interface Places {
  /** Offsets where something starts that can be cited: a passage, a line, a verse. */
  anchors?: readonly number[];
  /** The stretches that are chosen. */
  chosen?: readonly Mark[];
  /** Whether each anchor starts a paragraph, as verses do. */
  apart?: boolean;
}

function cut(
  text: CodePoints,
  marks: readonly Mark[],
  range: Range,
  anchors: ReadonlySet<number>,
  chosen: readonly Mark[],
): Segment[] {
  const inside = (at: number) => at > range.start && at < range.end;
  const edges = new Set([range.start, range.end]);
  for (const at of [...marks.flat(), ...anchors, ...chosen.flat()]) if (inside(at)) edges.add(at);
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, i) => {
    const end = sorted[i + 1] ?? range.end;
    const anchor = anchors.has(start) ? start : null;
    const around = ([from, to]: Mark) => from <= start && end <= to;
    const mark = marks.findIndex(around);
    return {
      text: text.slice(start, end),
      mark: mark < 0 ? null : mark,
      anchor,
      chosen: chosen.some(around),
    };
  });
}

/** Paragraphs are separated by blank lines, in Chinese and Japanese also by how the next one opens, and by the offsets. */
function paragraphs(text: string, offsets: readonly number[]): Range[] {
  return blank(text).flatMap(({ start, end }) => {
    const edges = [start, ...offsets.filter((at) => at > start && at < end), end];
    return edges.slice(0, -1).map((edge, i) => ({ start: edge, end: edges[i + 1] ?? end }));
  });
}

function blank(text: string): Range[] {
  const ranges: Range[] = [];
  let at = 0;
  for (const part of text.split(/(\n(?:[^\S\n]*\n)+|\n(?=[\u3000「『（]))/)) {
    const length = codePoints(part);
    if (part.trim() !== '') ranges.push({ start: at, end: at + length });
    at += length;
  }
  return ranges;
}

function codePoints(text: string): number {
  return new CodePoints(text).length;
}

/**
 * A section's text as blocks to show. Marks keep their index in `tidyMarks`. An anchor in the blank lines between
 * blocks starts the next block.
 */
export function blocks(
  text: string,
  marks: readonly Mark[],
  { anchors = [], chosen = [], apart = false }: Places = {},
): Block[] {
  const points = new CodePoints(text);
  const tidied = tidyMarks(marks, points.length);
  let reached = 0;
  return paragraphs(text, apart ? anchors : []).map((range) => {
    const own = anchors
      .filter((at) => at >= reached && at < range.end)
      .map((at) => Math.max(at, range.start));
    reached = range.end;
    return { start: range.start, segments: cut(points, tidied, range, new Set(own), chosen) };
  });
}

const AROUND = 110;
/** Characters beside which a text may be cut: a space, or one of a script written without spaces. */
const BESIDE = /[ \u0e00-\u109f\u1780-\u17ff\u2e80-\uffef]/;

/**
 * The part of a passage to show in a list: from some words before its first mark to some after, or a few lines
 * of verse, with its marks moved along. A passage without marks gives its beginning.
 */
export function excerpt(
  text: string,
  marks: readonly Mark[],
  byLine: boolean,
): { text: string; marks: Mark[] } {
  const points = new CodePoints(text);
  const [from, to] = densest(marks);
  // A wide character takes the room of two others, and a line may break beside it.
  const edge = byLine ? /\n/ : BESIDE;
  const isEdge = (at: number) => edge.test(points.slice(at, at + 1));
  const around = BESIDE.test(points.slice(from, from + 1)) ? AROUND / 2 : AROUND;
  let start = Math.max(0, from - around);
  let end = Math.min(points.length, to + around);
  while (start > 0 && !isEdge(start - 1)) start--;
  while (end < points.length && !isEdge(end)) end++;
  const [before, after] = [start > 0 ? '… ' : '', end < points.length ? ' …' : ''];
  const by = before.length - start;
  const kept = tidyMarks(marks, end).filter(([at]) => at >= start);
  return { text: before + points.slice(start, end) + after, marks: kept.map(([a, b]) => [a + by, b + by]) };
}

/** The stretch that holds the most marks close together. */
function densest(marks: readonly Mark[]): Mark {
  let best: Mark = marks[0] ?? [0, 0];
  let most = 0;
  marks.forEach(([start], i) => {
    const near = marks.slice(i).filter(([, end]) => end - start <= AROUND);
    if (near.length > most) [most, best] = [near.length, [start, near.at(-1)?.[1] ?? start]];
  });
  return best;
}

/** As many of the last words of a text as fit; a single word is kept whole. */
export function lastWords(text: string, fits: (text: string) => boolean): string {
  let shown = text;
  while (!fits(shown)) {
    // A word, or a character with its marks.
    const fewer = shown.replace(/^(?:[ \u0e00-\u109f\u1780-\u17ff\u2e80-\uffef]\p{M}*|\S+\s+(?=\S))/u, '');
    if (!fewer || fewer === shown) break;
    shown = fewer;
  }
  return shown;
}
