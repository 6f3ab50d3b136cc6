import { ApiError } from './api';

const SLOW = 3000;

/** One answer of the API as state. A newer request aborts the older one, so that the latest always wins. */
export class Resource<T> {
  data = $state.raw<T>();
  error = $state.raw<ApiError>();
  loading = $state(false);
  /** Whether the request takes longer than a reader expects. */
  slow = $state(false);
  #controller: AbortController | undefined;

  /** Resolves with the answer; undefined when it failed or a newer request took over. */
  async load(request: (options: { signal: AbortSignal }) => Promise<T>): Promise<T | undefined> {
    this.cancel();
    const controller = (this.#controller = new AbortController());
    this.loading = true;
    const timer = setTimeout(() => (this.slow = true), SLOW);
    const latest = () => this.#controller === controller;
    try {
      const data = await request({ signal: controller.signal });
      if (!latest()) return undefined;
      this.error = undefined;
      return (this.data = data);
    } catch (error) {
      if (latest()) this.error = error instanceof ApiError ? error : new ApiError('wrong');
      return undefined;
    } finally {
      clearTimeout(timer);
      if (latest()) this.loading = this.slow = false;
    }
  }

  /** Aborts the request in progress, if any. */
  cancel(): void {
    this.#controller?.abort();
    this.#controller = undefined;
    this.loading = this.slow = false;
  }

  clear(): void {
    this.cancel();
    this.data = this.error = undefined;
  }
}
