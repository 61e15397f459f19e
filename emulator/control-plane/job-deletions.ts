import type { Cloud, Deployment } from '../cloud.js';
import { ApiError } from '../errors.js';

// Documented: API reference, DeleteDeployment: at most 10 jobs are in DELETION_IN_PROGRESS at a time.
// Observed: aws-greengrass-lite PR 1144: the text, which advises to wait a minute.
const MOST = 10;
const LASTS_MS = 60_000;
const TOO_MANY =
  'Exceeded the AWS IoT Jobs service quota for the number of jobs with status DELETION_IN_PROGRESS. ' +
  'Please check number of jobs currently being deleted, wait at least one minute, and try again.';

/** The jobs of deleted deployments, which are there for a while yet. */
export class JobDeletions {
  readonly #clock: Cloud['clock'];
  readonly #jobs = new Map<string, Deployment>();

  constructor({ clock }: Pick<Cloud, 'clock'>) {
    this.#clock = clock;
  }

  of(jobId: string): Deployment | undefined {
    return this.#jobs.get(jobId);
  }

  jobIds(): string[] {
    return [...this.#jobs.keys()];
  }

  /** Throws the throttling that a deletion too many meets. */
  start(jobId: string, deployment: Deployment): void {
    if (this.#jobs.size >= MOST) throw new ApiError('ThrottlingException', TOO_MANY);
    this.#jobs.set(jobId, deployment);
    this.#clock.schedule(this.#clock.now() + LASTS_MS, () => this.#jobs.delete(jobId));
  }
}
