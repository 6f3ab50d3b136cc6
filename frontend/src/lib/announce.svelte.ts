/** What the page's polite live region says: "copied", "112 hits". */
class Announcer {
  message = $state('');

  say(message: string): void {
    // A screen reader does not repeat a message that has not changed.
    this.message = message === this.message ? `${message}\u00a0` : message;
  }
}

export const announcer = new Announcer();
