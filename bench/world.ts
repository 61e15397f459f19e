import { fileURLToPath } from 'node:url';
import type { FleetFile } from '../emulator/fleet-file.js';
import { type Host, startHost } from '../local/host.js';
import { type LocalCloud, startLocalCloud } from '../local/main.js';
import { connectWith, LOCAL_DEFAULTS } from '../cli/clients.js';
import type { Connections } from '../cli/clients.js';
import type { Rollout } from '../src/domain/rollout.js';

const STAGE = 'dev';
/** A bench is bundled to `dist/bench/<name>.mjs`; from the sources it is one folder below the root. */
export const packageRoot = fileURLToPath(
  new URL(import.meta.url.includes('/dist/bench/') ? '../..' : '..', import.meta.url),
);

/** One rollout over one fleet: everything that its history depends on. */
export interface World {
  readonly fleet: FleetFile;
  readonly rolloutId: string;
  /** The rollout file as a person writes it. */
  readonly rollout: unknown;
}

export interface RunWorld {
  readonly cloud: LocalCloud;
  readonly connections: Connections;
  /** As the table has it once nothing moves any more: it has ended, or waits for a person. */
  readonly rollout: Rollout;
}

let ofWorker: Promise<Host> | undefined;

/** Where the worlds of this worker process run one after the other; it ends with the process. */
export const workerHost = (): Promise<Host> => (ofWorker ??= startHost());

/** Runs a world in a local cloud of its own, on the host if one is given, until nothing moves by itself any more, and answers what `read` makes of it. */
export async function runWorld<Answer>(
  { fleet, rolloutId, rollout: written }: World,
  read: (run: RunWorld) => Answer | Promise<Answer>,
  host?: Host,
): Promise<Answer> {
  const cloud = await startLocalCloud({ fleet, timeScale: 'max', root: packageRoot, host });
  try {
    const connections = connectWith(STAGE, { endpoint: cloud.url, ...LOCAL_DEFAULTS });
    const { stepFunctions, rollouts } = connections;
    const machine = await stepFunctions.findStateMachine(`greenwave-${STAGE}-rollout`);
    if (!machine) throw new Error(`there is no state machine greenwave-${STAGE}-rollout`);
    const input = { rolloutId, rollout: written, startedBy: 'bench' };
    const execution = await stepFunctions.startExecution(machine, rolloutId, input);
    await cloud.clock.idle();
    const rollout = await rollouts.read(rolloutId);
    if (!rollout) {
      const ended = await stepFunctions.describeExecution(execution);
      throw new Error(`${rolloutId} was refused: ${ended?.cause ?? ended?.status}`);
    }
    return await read({ cloud, connections, rollout });
  } finally {
    await cloud.close();
  }
}
