// Every test of `frontend/stripe-js/tests/browser`, each in a page and a world of its own.
import { namesOfRustTests } from './compile.ts';
import { test } from './page.ts';

for (const name of namesOfRustTests()) {
  test(name, async ({ rust }) => {
    await rust.run(name);
  });
}
