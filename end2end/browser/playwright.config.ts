// The crate `stripe-js` in a browser, against the sandbox's Stripe.js: its own tests, written in Rust, and its example.
//
//   npx playwright test --config browser/playwright.config.ts rust loader    the Rust tests of a module, or one of them
//   npx playwright test --config browser/playwright.config.ts example        the page without a framework: it pays, and its size
//
// `cargo xtask test browser` builds all it needs and runs it.
import { defineConfig, devices } from '@playwright/test';
import { compileRustTests } from './compile.ts';

const executablePath = process.env.TILL_CHROMIUM;

// Compiled once, before the specs ask for their names; workers inherit where they are.
process.env.TILL_RUST_TESTS ??= compileRustTests();

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/browser',
  fullyParallel: true,
  forbidOnly: true,
  // A test that passes at the second try has failed.
  retries: 0,
  workers: 2,
  // A thousand forms, and thousands of odd answers, take their time on a slow machine.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-US',
    timezoneId: 'UTC',
    actionTimeout: 15_000,
    launchOptions: executablePath ? { executablePath } : {},
  },
});
