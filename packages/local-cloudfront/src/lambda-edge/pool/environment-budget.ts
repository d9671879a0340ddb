/** The worker threads that all functions share. */
export interface EnvironmentBudget {
  /** Takes a thread if one is left, ending an idle one of another function where that helps. */
  take(): boolean;
  giveBack(): void;
  /** Whether another function waits for a thread. */
  isWanted(): boolean;
}
