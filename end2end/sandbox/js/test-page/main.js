// The page that a method sends its payer to, in the payer's language: the server writes it in English. What tests find by
// its name, the title and the buttons, stays so.

import { setLocale, translate } from '../shared/texts.js';

setLocale('auto');
translate();
