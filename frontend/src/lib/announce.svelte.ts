/** What the page's polite live region says: "copied", "112 hits". */
class Announcer {
  message = $state('');

  say(message: string): void {
    // The same words twice would not be read again without a change.
    this.message = message === this.message ? `${message}\u00a0` : message;
  }
}

export const announcer = new Announcer();
