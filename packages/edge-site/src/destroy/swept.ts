import { awsErrorName, awsFailure } from "../aws/aws-error.ts";
import { progress } from "../deploy/progress.ts";

/** What a sweep has come to, step by step. */
export class Swept {
  readonly #left: string[] = [];
  readonly #failed: (readonly [subject: string, cause: unknown])[] = [];
  #isWaiting = false;

  /** Whether AWS has refused a step. */
  get hasFailed(): boolean {
    return this.#failed.length > 0;
  }

  /** Notes what is left, and why. */
  leave(line: string): void {
    this.#left.push(line);
  }

  /** Notes a function that AWS does not delete yet (LE-F-07). */
  wait(functionName: string): void {
    this.#isWaiting = true;
    this.leave(
      `function ${functionName}: AWS holds replicas of it at the edge, which go a few hours after the distribution`,
    );
  }

  /** Does a step, and notes what AWS refuses in it: the others are done all the same. */
  async attempt(subject: string, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (cause) {
      this.leave(`${subject}: refused with ${awsErrorName(cause)}`);
      this.#failed.push([subject, cause]);
    }
  }

  /**
   * Says what is left.
   *
   * @throws {EdgeSiteError} as `awsFailure`, for what AWS has refused
   */
  report(): void {
    if (this.#left.length === 0) {
      progress.detail("nothing is left");
      return;
    }
    progress.step("What is left");
    this.#left.forEach(progress.detail);
    const [[, cause] = []] = this.#failed;
    if (this.hasFailed) {
      const subjects = this.#failed.map(([subject]) => subject).join(", ");
      throw awsFailure(`Not deleted: ${subjects}`, cause);
    }
    if (this.#isWaiting) {
      progress.detail(
        "Run the same command again in a few hours: it finds all this without the stack too.",
      );
    }
  }
}
