// Listeners of elements and of the elements group.

/** Keeps listeners per event. A listener that throws stops neither the others nor the caller. */
class Listeners {
  #byEvent = new Map();

  add(event, handler, { once = false } = {}) {
    if (typeof event !== 'string' || typeof handler !== 'function') {
      throw new IntegrationError('Listeners are added with the name of an event and a function.');
    }
    this.#byEvent.set(event, [...(this.#byEvent.get(event) ?? []), { handler, once }]);
  }

  /** Without a handler, every listener of the event goes. */
  remove(event, handler) {
    const kept = handler ? (this.#byEvent.get(event) ?? []).filter((one) => one.handler !== handler) : [];
    this.#byEvent.set(event, kept);
  }

  has(event) {
    return (this.#byEvent.get(event) ?? []).length > 0;
  }

  /** Answers what the listeners returned. */
  emit(event, payload) {
    const answers = [];
    for (const { handler, once } of this.#byEvent.get(event) ?? []) {
      if (once) this.remove(event, handler);
      try {
        answers.push(handler(payload));
      } catch (error) {
        setTimeout(() => {
          throw error;
        });
      }
    }
    return answers;
  }
}
