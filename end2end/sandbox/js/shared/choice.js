// A select that has to be answered: as a field it knows whether it is complete and shows its error.

import { drawing, h } from './dom.js';
import { Field } from './field.js';
import { CHEVRON } from './icons.js';

const SAME = (text) => text;

/** As `createField`, with `check(value)` for its `kind`; `setOptions([{value, name}])` keeps what is chosen. */
export function createChoice({ id, name, label, autocomplete, check, onInput }) {
  const select = h('select', { class: 'Input p-Select', id, name, autocomplete, 'aria-required': 'true' });
  const caption = h('label', { class: 'Label', for: id, text: label });
  const errorNode = h('p', { class: 'Error', id: `Field-${name}Error`, role: 'alert' });
  const field = new Field({ input: select, errorNode, kind: { clean: SAME, format: SAME, check }, onInput });
  field.caption = caption;
  field.node = h(
    'div', { class: 'p-Field' }, caption, h('div', { class: 'p-InputWrapper' }, select, drawing(CHEVRON)), errorNode,
  );
  field.setOptions = (options) => {
    const { value } = select;
    select.replaceChildren(...options.map((option) => new Option(option.name, option.value)));
    select.value = options.some((option) => option.value === value) ? value : options[0].value;
  };
  return field;
}
