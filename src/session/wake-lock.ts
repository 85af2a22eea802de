/**
 * Keeps the screen on, because a phone that locks itself suspends the work. The system releases the
 * wake lock when the app is hidden, so it is requested again when the app becomes visible. Browsers
 * without the Screen Wake Lock API do nothing.
 *
 * @returns a function that lets the screen turn off again
 */
export function keepScreenOn(): () => void {
  let wanted = true;
  let lock: WakeLockSentinel | undefined;

  async function request(): Promise<void> {
    if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return;
    try {
      const granted = await navigator.wakeLock.request('screen');
      if (wanted) lock = granted;
      else await granted.release();
    } catch {
      // Refused, for example because the battery is low: the work continues, the screen may turn
      // off.
    }
  }

  const onVisible = () => void request();
  document.addEventListener('visibilitychange', onVisible);
  void request();
  return () => {
    wanted = false;
    document.removeEventListener('visibilitychange', onVisible);
    void lock?.release();
  };
}
