// The frame of the Payment Element: one form per payment method, of which one is chosen.

import { openFrame } from '../shared/frame.js';
import { METHODS } from './methods.js';

const chosen = METHODS.card({ onChange: tellChange });
document.body.append(chosen.node);

const frame = openFrame({
  apply: (description) => chosen.configure(description),
  shown() {
    chosen.show();
    tellChange();
  },
  async method() {
    const problem = chosen.validate();
    return problem ? { error: validationError(problem) } : chosen.method();
  },
  onDecline: (error) => chosen.refuse(error),
  receive: {
    submit() {
      const problem = chosen.validate();
      return problem ? { error: validationError(problem) } : { selectedPaymentMethod: chosen.type };
    },
    'show error': (error) => chosen.refuse(error),
    focus: () => chosen.focus(),
    clear: () => chosen.clear(),
  },
});

function validationError({ code, message }) {
  return { type: 'validation_error', code, message };
}

function tellChange() {
  frame.change({ empty: chosen.empty, complete: chosen.complete, collapsed: false, value: { type: chosen.type } });
}
