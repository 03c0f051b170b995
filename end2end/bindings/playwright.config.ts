// The proofs of the crate `stripe-js`: what it binds, and that it sends and reads what Stripe's own types say. They need
// no browser, no server and no key: only the npm package `@stripe/stripe-js`, whose types are Stripe's word, and the crate,
// whose own test tells what it has.
//
//   npx playwright test --config bindings/playwright.config.ts coverage   what is bound, omitted with a reason, missing
//   npx playwright test --config bindings/playwright.config.ts types      both directions under `tsc --strict`
//   npx playwright test --config bindings/playwright.config.ts leptos     the components: each element, its events and updates
//
// A new version of the package that adds something makes both name it.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/bindings',
  forbidOnly: true,
  // A test that passes at the second try has failed.
  retries: 0,
  workers: 1,
  // The crate is compiled first, if it has changed.
  timeout: 900_000,
  reporter: 'list',
});
