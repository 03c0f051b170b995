// One text field of the form: formatting while typing, and when its error is shown. Knows nothing of cards.

export class Field {
  #input;
  #errorNode;
  #kind;
  #left = false;
  #refusal = null;

  /**
   * `kind` says what the field takes: `clean(text)` keeps the characters that count, `format(clean, {deleting})` is what
   * the shopper sees, `check(clean)` is the error or null.
   */
  constructor({ input, kind, onInput }) {
    this.#input = input;
    this.#kind = kind;
    this.#errorNode = document.getElementById(`Field-${input.name}Error`);
    input.addEventListener('input', (event) => {
      this.#reformat(event);
      this.#left = false;
      onInput(this);
    });
    input.addEventListener('blur', () => {
      this.#left = !this.empty;
      this.show();
    });
    this.show();
  }

  get name() {
    return this.#input.name;
  }

  get value() {
    return this.#kind.clean(this.#input.value);
  }

  set value(text) {
    this.#input.value = this.#kind.format(this.#kind.clean(text), { deleting: false });
    this.#left = false;
    this.#refusal = null;
    this.show();
  }

  get empty() {
    return this.#input.value === '';
  }

  /** A field that the present country or the page's options hide counts as complete. */
  get hidden() {
    return this.#input.closest('[hidden]') !== null;
  }

  get problem() {
    return this.hidden ? null : this.#kind.check(this.value);
  }

  /** True when the caret is behind the last character: the shopper is typing on, not correcting. */
  get typedToEnd() {
    return document.activeElement === this.#input && this.#input.selectionStart === this.#input.value.length;
  }

  focus() {
    this.#input.focus();
  }

  setReadOnly(readOnly) {
    this.#input.readOnly = readOnly;
  }

  /** From now on an incomplete field says so, even an empty one. */
  insist() {
    this.#left = true;
    this.show();
  }

  /** Shows what the bank said about this field, until something is typed or submitted again. */
  refuse(message) {
    this.#refusal = message;
    this.show();
  }

  forgive() {
    this.#refusal = null;
    this.show();
  }

  show() {
    const problem = this.problem;
    const message = problem && (problem.final || this.#left) ? problem.message : this.#refusal;
    const invalid = Boolean(message);
    this.#input.classList.toggle('Input--empty', this.empty);
    this.#input.classList.toggle('Input--invalid', invalid);
    this.#input.setAttribute('aria-invalid', String(invalid));
    if (invalid) this.#input.setAttribute('aria-describedby', this.#errorNode.id);
    else this.#input.removeAttribute('aria-describedby');
    // Screen readers announce a changed alert: text that has not changed must not be written again.
    if (this.#errorNode.textContent !== (message ?? '')) this.#errorNode.textContent = message ?? '';
  }

  /** Formats what was typed and keeps the caret behind the same character. */
  #reformat({ inputType = '' }) {
    const input = this.#input;
    const before = this.#kind.clean(input.value.slice(0, input.selectionStart)).length;
    const clean = this.#kind.clean(input.value);
    const formatted = this.#kind.format(clean, { deleting: inputType.startsWith('delete') });
    if (formatted === input.value) return;
    input.value = formatted;
    if (document.activeElement !== input) return;
    let caret = formatted.length;
    if (before < clean.length) {
      caret = 0;
      while (caret < formatted.length && this.#kind.clean(formatted.slice(0, caret)).length < before) caret += 1;
    }
    input.setSelectionRange(caret, caret);
  }
}
