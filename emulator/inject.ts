import type { Fault, Faults } from './faults.js';
import type { Happenings } from './fleet/happenings.js';

/** What a test or a demonstration does by hand, at once. */
export interface Inject extends Omit<Happenings, 'leaveNetwork'> {
  /**
   * The next requests to an operation (`Greengrass.CreateDeployment`), one by default, meet this fault. Throws where there
   * is no such operation.
   */
  fault(operation: string, fault: Fault, times?: number): void;
}

/** The happenings of the timeline, without its chance, and faults of single requests. */
export function createInject(
  { online, offline, breakComponent, stick, join, leave, retire }: Happenings,
  faults: Pick<Faults, 'add'>,
  operations: readonly string[],
): Inject {
  return {
    ...{ online, offline, breakComponent, stick, join, leave, retire },
    fault(operation, fault, times = 1) {
      if (!operations.includes(operation))
        throw new Error(`${operation} is no operation of the emulator, such as ${operations[0]}`);
      faults.add(operation, fault, times);
    },
  };
}
