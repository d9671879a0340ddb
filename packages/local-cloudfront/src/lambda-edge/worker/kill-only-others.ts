/** A signal for this process would end the whole server: it ends this thread only. */
export function killOnlyOthers(kill: typeof process.kill): typeof process.kill {
  return (pid, signal) => {
    if (pid !== process.pid && pid > 0) {
      return kill(pid, signal);
    }
    return signal === 0 ? true : process.exit(137);
  };
}
