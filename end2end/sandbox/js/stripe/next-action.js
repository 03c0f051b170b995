// What a shopper still has to do after a confirmation. Each kind of next action is a file of `next-actions/`.

const NEXT_ACTIONS = new Map();

/**
 * `handle(caller, reference, action, intent)` resolves once the shopper is done: to nothing, or to an `{error}` of its own.
 * What became of the intent is asked afterwards.
 */
function defineNextAction(type, handle) {
  NEXT_ACTIONS.set(type, handle);
}

/** Resolves to `{paymentIntent}`, `{setupIntent}` or `{error}`; a redirect never resolves. */
async function runNextAction(caller, reference, asked) {
  const action = asked.next_action;
  const handle = NEXT_ACTIONS.get(action?.type);
  if (!handle) return notEmulated(`The next action ${action?.type}`);
  const ended = await handle(caller, reference, action, asked);
  if (ended?.error) return ended;
  const { body: intent, error } = await retrieveIntent(caller, reference);
  if (error) return { error };
  return intent.status === 'requires_payment_method' ? attemptError(reference, intent) : intentResult(reference, intent);
}
