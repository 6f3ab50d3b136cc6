import type { SectionText } from '../../lib/api/types';
import { readHref } from '../../lib/urls';
import type { Page } from './reader.svelte';

export type Passage = SectionText['passages'][number];

/** The address of the passage, or of the section, that says the same to everyone: without the reader's query. */
export function permalink(section: SectionText, passage: Passage | undefined, origin: string): string {
  const at = passage ? section.start + passage.start : null;
  return origin + readHref({ book: section.book, section: section.id, passage: at });
}

/** "Jane Austen, Emma, Volume I, Chapter 3 (1815). Project Gutenberg ebook 158. https://…" */
export function citation({ section, detail }: Page, passage: Passage | undefined, link: string): string {
  const reference = passage?.reference ?? section.reference;
  const book = reference.includes(section.title) ? reference : `${section.title}, ${reference}`;
  const named = [section.author, book].filter(Boolean).join(', ');
  const dated = detail.published ? `${named} (${detail.published})` : named;
  const source = detail.gutenberg ? `Project Gutenberg ebook ${detail.gutenberg}. ` : '';
  return `${dated}. ${source}${link}`;
}
