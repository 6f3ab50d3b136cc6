import '@testing-library/jest-dom/vitest';
import { beforeEach } from 'vitest';

// What jsdom leaves out and the page needs: layout, media queries, modal dialogs.
class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver = Observer;
window.matchMedia = (media) => ({ media, matches: true }) as MediaQueryList;
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};
HTMLDialogElement.prototype.close = function () {
  this.open = false;
};

beforeEach(() => {
  localStorage.clear();
  history.replaceState(null, '', '/');
});
