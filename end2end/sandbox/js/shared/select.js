// A select with its label, as fields look.

import { drawing, h } from './dom.js';
import { CHEVRON } from './icons.js';

/** `label` is a key of texts. `setOptions([{value, name}], chosen)`, by default what was chosen before. The answer's `node` goes into the form. */
export function createSelect({ id, name, label, autocomplete, onChange }) {
  const select = h('select', { class: 'Input p-Select', id, name, autocomplete });
  select.addEventListener('change', onChange);
  const node = h(
    'div',
    { class: 'p-Field' },
    h('label', { class: 'Label', for: id, text: label }),
    h('div', { class: 'p-InputWrapper' }, select, drawing(CHEVRON)),
  );
  return {
    node,
    select,
    setOptions(options, value = select.value) {
      select.replaceChildren(...options.map((option) => new Option(option.name, option.value)));
      if (value) select.value = value;
    },
  };
}
