// One text field of a form: formatting while typing, and when its error is shown. Knows nothing of cards.

import { h } from './dom.js';
import { errorText, text } from './texts.js';

/**
 * A field with its label and the place for its error. `label`, `hint` and `placeholder` are keys of texts; `kind` is
 * what `Field` takes; `icon` stands in the input; one that is `optional` may stay empty. What is `latin`, as numbers and
 * addresses of e-mail are, runs from left to right in every language. The answer's `node` goes into the form.
 */
export function createField({
  id, name, label, hint, placeholder, autocomplete, inputMode, type = 'text', optional = false, classes = '', mark, icon, kind,
  latin = ['email', 'numeric', 'tel'].includes(inputMode), onInput,
}) {
  const input = h('input', {
    class: `Input ${classes}`.trim(), id, name, type, inputmode: inputMode, autocomplete, placeholder,
    spellcheck: 'false', 'aria-required': optional ? undefined : 'true', dir: latin ? 'ltr' : undefined,
  });
  const caption = h('label', { class: 'Label', for: id, text: hint ? undefined : label });
  if (hint) caption.append(h('span', { text: label }), h('span', { class: 'p-ScreenReaderOnly', text: hint }));
  const errorNode = h('p', { class: 'Error', id: `Field-${name}Error`, role: 'alert' });
  const node = h(
    'div',
    { class: 'p-Field' },
    mark ? h('div', { class: 'p-LabelRow' }, caption, mark) : caption,
    icon ? h('div', { class: 'p-InputWrapper' }, input, icon) : input,
    errorNode,
  );
  const field = new Field({ input, errorNode, kind, onInput });
  field.node = node;
  field.caption = caption;
  return field;
}

export class Field {
  #input;
  #errorNode;
  #kind;
  #left = false;
  #refusal = null;

  /**
   * `kind` says what the field takes: `clean(text)` keeps the characters that count, `format(clean, {deleting})` is what
   * the shopper sees, `check(clean)` is `{code, final}` or null. A problem that is `final` is one that more typing cannot
   * mend: it shows at once, any other when the shopper leaves the field or submits. `errorNode` may be absent.
   */
  constructor({ input, errorNode, kind, onInput }) {
    this.#input = input;
    this.#kind = kind;
    this.#errorNode = errorNode;
    input.addEventListener('input', (event) => {
      this.#reformat(event);
      this.#left = false;
      this.show();
      onInput(this);
    });
    input.addEventListener('blur', () => {
      this.#left ||= !this.empty;
      this.show();
      onInput(this, { left: true });
    });
    this.show();
  }

  get input() {
    return this.#input;
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
    const problem = this.hidden ? null : this.#kind.check(this.value);
    return problem && { ...problem, message: text(problem.code) };
  }

  /** The problem as far as it is shown. */
  get shownProblem() {
    const { problem } = this;
    return problem && (problem.final || this.#left) ? problem : null;
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
  refuse(error) {
    this.#refusal = errorText(error);
    this.show();
  }

  forgive() {
    this.#refusal = null;
    this.show();
  }

  show() {
    const message = this.shownProblem?.message ?? this.#refusal;
    const invalid = Boolean(message);
    this.#input.classList.toggle('Input--empty', this.empty);
    this.#input.classList.toggle('Input--invalid', invalid);
    this.#input.setAttribute('aria-invalid', String(invalid));
    if (!this.#errorNode) return;
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
