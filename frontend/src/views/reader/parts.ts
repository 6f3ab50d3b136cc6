import type { SectionInfo } from '../../lib/api/types';

export interface Part {
  part: string | null;
  sections: SectionInfo[];
}

/** Neighbouring sections of one division together, in the book's order. */
export function parts(contents: readonly SectionInfo[]): Part[] {
  const groups: Part[] = [];
  for (const section of contents) {
    const last = groups.at(-1);
    if (last && last.part === section.part) last.sections.push(section);
    else groups.push({ part: section.part, sections: [section] });
  }
  return groups;
}

/** Numbers to show in place of headings that all say the same but for a number ("Chapter 1", "Chapter 2", …). */
export function numbersOf(sections: readonly SectionInfo[]): string[] | null {
  const found = sections.map(({ heading }) => /^(\D*)(\d+)$/.exec(heading));
  const uniform = found.every((match) => match && match[1] === found[0]?.[1]);
  return uniform && sections.length > 1 ? found.map((match) => match?.[2] ?? '') : null;
}
