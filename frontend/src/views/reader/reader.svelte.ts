import * as api from '../../lib/api';
import type { ApiError } from '../../lib/api';
import type { BookDetail, Mark, SectionInfo, SectionText } from '../../lib/api/types';
import { unitReference } from '../../lib/citation';
import { Resource } from '../../lib/resource.svelte';
import { shelf } from '../../lib/shelf.svelte';
import { blocks, CodePoints, tidyMarks } from '../../lib/text';
import type { ReaderState } from '../../lib/urls';
import { firstHit, offsetOf, passageAt, unitRanges, type Page } from './places';

interface Asked {
  book: string;
  section: string;
  q: string;
}

/** The text is shown even when the query cannot be answered. */
const withoutQuery = (asked: Asked, { problem, code }: ApiError) =>
  asked.q && (problem?.parameter === 'q' || code === 'query-timeout') ? { ...asked, q: '' } : null;

/** A passage, or lines or verses by their numbers. `ranges` are relative to the section's text. */
export interface ChosenPlace {
  reference: string;
  ranges: readonly Mark[];
  units?: string;
}

const starts = ({ passages }: SectionText) => passages.map(({ start }) => start);

/** The section that is open: its text in blocks, its hits, and which of them and which place are the current ones. */
export class Reader {
  answer = new Resource<api.Lenient<Page>>();
  contents = new Resource<BookDetail>();
  marks = $derived(tidyMarks(this.section?.marks ?? [], this.length));
  blocks = $derived.by(() => {
    const { section } = this;
    return section
      ? blocks(section.text, section.marks, {
          anchors: section.units.length ? section.units.map(([, start]) => start) : starts(section),
          chosen: this.chosen?.ranges ?? [],
          apart: section.unit === 'verse',
        })
      : [];
  });
  /** Index of the current hit, or null. */
  hit = $state<number | null>(null);
  /** What the address names in the section. */
  chosen = $state.raw<ChosenPlace | null>(null);

  /** Length of the section's text in code points. */
  get length(): number {
    return new CodePoints(this.section?.text ?? '').length;
  }

  get section(): SectionText | undefined {
    return this.answer.data?.section;
  }

  /** The section at which a book opens. */
  async first(book: string): Promise<SectionInfo | undefined> {
    const detail = await this.contents.load(() => shelf.detail(book));
    return detail?.contents[0];
  }

  open(asked: Asked): Promise<Page | undefined> {
    return this.answer.load((options) =>
      api.lenient(
        asked,
        async ({ book, section, q }) => {
          const [text, detail] = await Promise.all([
            api.section(book, section, q, options),
            q ? api.book(book, q, options) : shelf.detail(book),
          ]);
          return { section: text, detail };
        },
        withoutQuery,
      ),
    );
  }

  /**
   * Makes the place that the address names the current one. Returns false when the place it names lies behind the
   * last hit of this section, so that the search goes on in the next one.
   */
  point(state: ReaderState): boolean {
    const page = this.answer.data;
    if (!page) return true;
    const { passages, next_hit, reference, unit, units } = page.section;
    const ranges = state.units ? unitRanges(state.units, units) : [];
    const from = ranges[0]?.[0] ?? offsetOf(state, page, this.length);
    this.hit = state.hit === 'last' ? this.marks.length - 1 : (state.hit ?? 0) - 1;
    if (state.hit === null) this.hit = firstHit(this.marks, from ?? 0) ?? -1;
    if (this.hit < 0 || this.hit >= this.marks.length) this.hit = null;
    const aimless = state.passage === null && (state.near === null || state.q !== '');
    const passage = from === null || aimless ? null : passages[passageAt(passages, from) ?? -1];
    if (state.units && ranges.length)
      this.chosen = { reference: unitReference(reference, unit, state.units), ranges, units: state.units };
    else this.chosen = passage ? { ...passage, ranges: [[passage.start, passage.end]] } : null;
    return this.hit !== null || state.near === null || state.q === '' || next_hit === null;
  }
}
