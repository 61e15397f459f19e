import * as z from 'zod';
import { checkGiven } from './check-given.js';
import { AnyFault, Times, type Fault, type Faults } from './faults.js';
import type { Happenings } from './fleet/happenings.js';
import type { KeptInjection } from './journal/entries.js';
import { StatusChange } from './status-change.js';

/** What a test or a demonstration does by hand, at once. */
export interface Inject extends Omit<Happenings, 'leaveNetwork' | 'componentState'> {
  /** The cloud's status of a component version that is there becomes this. Throws where there is none. */
  componentState(component: string, version: string, change: StatusChange): void;
  /**
   * The next requests to an operation (`Greengrass.CreateDeployment`), one by default, meet this fault. Throws where there
   * is no such operation or no such fault.
   */
  fault(operation: string, fault: Fault, times?: number): void;
}

export interface InjectOptions {
  readonly happenings: Happenings;
  readonly faults: Pick<Faults, 'add'>;
  /** All that there are. */
  readonly operations: readonly string[];
  /** Runs what happens to a device at one moment, and keeps it if anything is kept. */
  readonly happen: (injection: KeptInjection, run: () => void) => void;
}

const GivenFault = z.strictObject({ fault: AnyFault, times: Times });

/** The happenings of the timeline, without its chance, and faults of single requests. */
export function createInject({ happenings, faults, operations, happen }: InjectOptions): Inject {
  const { online, offline, breakComponent, stick, join, leave, retire } = happenings;
  const keeping =
    <Args extends string[]>(name: string, run: (...args: Args) => void) =>
    (...args: Args) =>
      happen({ name, args }, () => run(...args));
  const componentState = keeping('componentState', happenings.componentState);
  return {
    online: keeping('online', online),
    offline: keeping('offline', offline),
    breakComponent: keeping('breakComponent', breakComponent),
    stick: keeping('stick', stick),
    join: keeping('join', join),
    leave: keeping('leave', leave),
    retire: keeping('retire', retire),
    componentState(component, version, change) {
      checkGiven('inject.componentState', StatusChange, change);
      componentState(component, version, JSON.stringify(change));
    },
    fault(operation, fault, times = 1) {
      if (!operations.includes(operation))
        throw new Error(`${operation} is no operation of the emulator, such as ${operations[0]}`);
      checkGiven('inject.fault', GivenFault, { fault, times });
      faults.add(operation, fault, times);
    },
  };
}

/** Does again what was injected. What could not be done then can't be done now, and the caller was told so. */
export function repeatInjection(happenings: Happenings, { name, args }: KeptInjection): void {
  const byName: Readonly<Record<string, (...args: string[]) => void>> = { ...happenings };
  try {
    byName[name]?.(...args);
  } catch {
    return;
  }
}
