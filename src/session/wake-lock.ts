/**
 * Keeps the screen on until it is told to stop: a phone that locks itself would freeze the work.
 * The system takes the lock away when the app is hidden, so it is asked for again on return. Where
 * there is no wake lock, nothing happens.
 *
 * @returns the way to let the screen sleep again
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
      // Refused, as on a nearly empty battery: the work goes on, the screen may go off.
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
