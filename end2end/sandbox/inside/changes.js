// What changed: a small question every second, and none while nobody looks.

const EVERY_MS = 1000;

/** Calls `tell` with each answer that differs from the last, and `lost` when there is none. Returns how to stop. */
export function follow(world, { tell, tick, lost }) {
  let last;
  let timer;
  let stopped = false;

  async function ask() {
    clearTimeout(timer);
    try {
      const news = await world.get('changes');
      if (stopped) return;
      tick(news);
      if (news.changes !== last?.changes) await tell(news, last);
      last = news;
    } catch (error) {
      if (stopped) return;
      // What comes after is shown anew: it may be another sandbox.
      last = undefined;
      lost(error);
    }
    if (!stopped && !document.hidden) timer = setTimeout(ask, EVERY_MS);
  }

  const looked = () => {
    if (!document.hidden) ask();
  };
  document.addEventListener('visibilitychange', looked);
  ask();
  return {
    now: ask,
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', looked);
    },
  };
}
