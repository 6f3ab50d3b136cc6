import { load, save } from './storage';

const KEY = 'queries';
const MOST = 20;

/** The reader's own queries, newest first, kept in this browser alone. */
export class QueryHistory {
  queries = $state<string[]>(stored());

  add(query: string): void {
    const text = query.trim();
    if (text) this.#keep([text, ...this.queries.filter((one) => one !== text)].slice(0, MOST));
  }

  remove(query: string): void {
    this.#keep(this.queries.filter((one) => one !== query));
  }

  clear(): void {
    this.#keep([]);
  }

  #keep(queries: string[]): void {
    this.queries = queries;
    save(KEY, queries.length ? JSON.stringify(queries) : null);
  }
}

function stored(): string[] {
  try {
    const value: unknown = JSON.parse(load(KEY) ?? '[]');
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export const queries = new QueryHistory();
