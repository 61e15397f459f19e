import * as z from 'zod';
import { startEmulator } from '../../emulator/main.js';
import { command, json } from '../arguments.js';
import { count, timestamp } from '../output.js';
import { exportLines, serverInput, serverOptions, TimeScale, untilAborted } from '../serving.js';

export const emulator = command({
  name: 'emulator',
  summary: 'Starts the emulator of Greengrass V2 and AWS IoT alone, with a simulated fleet.',
  hasStage: false,
  options: {
    ...serverOptions,
    'time-scale': {
      value: 'SCALE',
      help: '1 is real time, 600 ten minutes a second, in max only greenwave advance moves it (default 1)',
    },
    quotas: { help: "throttle what is beyond an account's quotas" },
    data: { value: 'DIR', help: 'keep what is done there, and go on from it after a restart' },
  },
  input: z.strictObject({
    ...{ json, ...serverInput },
    timeScale: TimeScale.default(1),
    quotas: z.boolean().default(false),
    data: z.string().optional(),
  }),
  notes: ['It runs until Ctrl-C or SIGTERM.'],
  example: 'greenwave emulator --fleet examples/fleet.yaml --data ./cloud',
  async run({ fleet, port, timeScale, quotas, data, json: isJson }, terminal) {
    const interrupted = terminal.interrupted();
    const running = await startEmulator({
      ...{ fleet, port, timeScale, quotas },
      ...(data !== undefined && { dataDir: data }),
    });
    const { url, region, account } = running;
    const now = new Date(running.clock.now()).toISOString();
    const devices = running.inspect.devices().length;
    const lines = isJson
      ? [JSON.stringify({ url, region, account, timeScale, now, devices })]
      : [
          `The emulator is at ${url} (${region}, account ${account}, ${count(devices, 'core device')}; ` +
            `time ${timestamp(now)}, scale ${timeScale}).`,
          '',
          'In another terminal:',
          ...exportLines(url, region),
          '  aws greengrassv2 list-core-devices',
          '',
          `Ctrl-C stops it; ${data === undefined ? 'nothing is kept' : `all is kept in ${data}`}.`,
        ];
    for (const line of lines) terminal.out(line);
    await untilAborted(interrupted);
    await running.close();
    return 0;
  },
});
