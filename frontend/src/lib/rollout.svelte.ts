import { ApiError } from './api';
import type { About } from './api/types';

/** One request and what came back; `version` is null when it failed, for `failure`. */
export interface Poll {
  id: number;
  ms: number;
  version: string | null;
  pod: string;
  failure: ApiError['failure'] | null;
}

export interface Count {
  name: string;
  answers: number;
}

type Ask = (options: { signal: AbortSignal; timeout: number; fresh: true }) => Promise<About>;

const EVERY = 1000;
const TIMEOUT = 5000;
const KEPT = 200;

/** Asks again and again which version answers, and keeps the latest answers. */
export class Rollout {
  polls = $state.raw<Poll[]>([]);
  running = $state(false);
  /** Versions in the order in which they were first seen: a version keeps its colour and shape. */
  versions = $state.raw<string[]>([]);
  /** How many of the kept polls failed. */
  failed = $derived(this.polls.filter((poll) => poll.version === null).length);
  #next = 0;
  #controller: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly ask: Ask,
    readonly changed: (version: string) => void = () => undefined,
  ) {}

  /** Answers by pod, in the order of appearance; those that failed come from the pod ''. */
  get pods(): Count[] {
    return count(this.polls.map((poll) => poll.pod));
  }

  /** Answers by version; those that failed count for ''. */
  get answers(): Count[] {
    return count(this.polls.map((poll) => poll.version ?? ''));
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    void this.#poll();
  }

  stop(): void {
    this.running = false;
    clearTimeout(this.#timer);
    this.#controller?.abort();
  }

  clear(): void {
    this.polls = [];
    this.versions = [];
  }

  async #poll(): Promise<void> {
    const { signal } = (this.#controller = new AbortController());
    const began = performance.now();
    const outcome = await this.ask({ signal, timeout: TIMEOUT, fresh: true }).then(answered, failed);
    if (signal.aborted) return;
    const took = performance.now() - began;
    this.#keep({ id: this.#next++, ms: Math.round(took), ...outcome });
    this.#timer = setTimeout(() => this.#poll(), Math.max(0, EVERY - took));
  }

  #keep(poll: Poll): void {
    this.polls = [...this.polls, poll].slice(-KEPT);
    const { version } = poll;
    if (version === null || this.versions.includes(version)) return;
    this.versions = [...this.versions, version];
    this.changed(version);
  }
}

const answered = ({ version, commit, host }: About) => ({
  version: `${version} (${commit.slice(0, 7)})`,
  pod: host,
  failure: null,
});

const failed = (error: unknown) => ({
  version: null,
  pod: '',
  failure: error instanceof ApiError ? error.failure : ('wrong' as const),
});

function count(names: readonly string[]): Count[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, answers]) => ({ name, answers }));
}
