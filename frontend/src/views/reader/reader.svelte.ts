import * as api from '../../lib/api';
import type { BookDetail, SectionInfo, SectionText } from '../../lib/api/types';
import { Resource } from '../../lib/resource.svelte';
import { shelf } from '../../lib/shelf.svelte';
import { blocks, CodePoints, tidyMarks } from '../../lib/text';
import type { ReaderState } from '../../lib/urls';
import { passageAt, firstHit, offsetOf } from './places';

export interface Page {
  section: SectionText;
  detail: BookDetail;
}

/** The section that is open: its text in blocks, its hits, and which of them and which passage are the current ones. */
export class Reader {
  answer = new Resource<Page>();
  contents = new Resource<BookDetail>();
  marks = $derived(tidyMarks(this.section?.marks ?? [], this.length));
  blocks = $derived.by(() => {
    const { section } = this;
    return section
      ? blocks(
          section.text,
          section.marks,
          section.passages.map(({ start }) => start),
        )
      : [];
  });
  /** Index of the current hit, or null. */
  hit = $state<number | null>(null);
  /** Index of the selected passage, or null. */
  selected = $state<number | null>(null);

  /** Of the section's text, in code points. */
  get length(): number {
    return new CodePoints(this.section?.text ?? '').length;
  }

  get section(): SectionText | undefined {
    return this.answer.data?.section;
  }

  get passage(): SectionText['passages'][number] | undefined {
    return this.selected === null ? undefined : this.section?.passages[this.selected];
  }

  /** The section at which a book opens. */
  async first(book: string): Promise<SectionInfo | undefined> {
    const detail = await this.contents.load(() => shelf.detail(book));
    return detail?.contents[0];
  }

  open({ book, section, q }: { book: string; section: string; q: string }): Promise<Page | undefined> {
    return this.answer.load(async (options) => {
      const [text, detail] = await Promise.all([api.section(book, section, q, options), shelf.detail(book)]);
      return { section: text, detail };
    });
  }

  /**
   * Makes the place that the address names the current one. Returns false when the place it names lies behind the
   * last hit of this section, so that the search goes on in the next one.
   */
  point(state: ReaderState): boolean {
    const page = this.answer.data;
    if (!page) return true;
    const from = offsetOf(state, page, this.length);
    const { passages, next_hit } = page.section;
    this.hit = state.hit === 'last' ? this.marks.length - 1 : (state.hit ?? 0) - 1;
    if (state.hit === null) this.hit = firstHit(this.marks, from ?? 0) ?? -1;
    if (this.hit < 0 || this.hit >= this.marks.length) this.hit = null;
    const aimless = state.passage === null && (state.near === null || state.q !== '');
    this.selected = from === null || aimless ? null : passageAt(passages, from);
    return this.hit !== null || state.near === null || state.q === '' || next_hit === null;
  }
}
