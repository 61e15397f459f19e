import type { DeviceRecord } from '../../src/domain/remediation/device-record.js';
import { liveScreen } from '../live-screen.js';
import { bar, dateAndTime, paint } from '../output.js';
import type { Terminal } from '../terminal.js';

const STATES = [
  ['Repairing', 'in repair'],
  ['BackingOff', 'waiting for the next attempt'],
  ['Escalated', 'with a person'],
  ['Quarantined', 'in quarantine'],
  ['Recovered', 'well again'],
] as const satisfies readonly (readonly [DeviceRecord['state'], string])[];

const SHOWN_LINES = 8;
const BAR_WIDTH = 42;

/** How many devices are where with remediation, in words; none before anybody was sick. */
export function statesWord(records: Iterable<Pick<DeviceRecord, 'state'>>): string {
  const all = [...records];
  return STATES.flatMap(([state, word]) => {
    const number = all.filter((one) => one.state === state).length;
    return number > 0 ? [`${number} ${word}`] : [];
  }).join(', ');
}

/** What is seen of the week while it goes by: a line for each change, or a live screen. */
export interface Progress {
  /** Something has happened. */
  say(now: number, line: string): void;
  /** Who is where by now. */
  show(now: number, records: Iterable<Pick<DeviceRecord, 'state'>>): void;
  close(): void;
}

function lines(terminal: Terminal): Progress {
  let before = '';
  const say = (now: number, line: string) => {
    terminal.out(`${dateAndTime(now)}  ${line}`);
  };
  return {
    say,
    show(now, records) {
      const word = statesWord(records);
      if (word !== before) say(now, word);
      before = word;
    },
    close: () => undefined,
  };
}

function live(terminal: Terminal, begin: number, end: number): Progress {
  const screen = liveScreen(terminal);
  const colour = paint(terminal.hasColour);
  const said: string[] = [];
  return {
    say(now, line) {
      said.push(`${colour('dim', dateAndTime(now))}  ${line}`);
    },
    show(now, records) {
      const part = { amount: now - begin, fill: '█', style: 'green' } as const;
      screen.draw([
        `${dateAndTime(now)}  ${bar([part], end - begin, BAR_WIDTH, colour)}`,
        statesWord(records) || 'nobody was sick yet',
        '',
        ...said.slice(-SHOWN_LINES),
      ]);
    },
    close: () => {
      screen.close();
    },
  };
}

const silence: Progress = { say: () => undefined, show: () => undefined, close: () => undefined };

/** The progress that fits: nothing where a program reads, live in a terminal, else line by line. */
export function progressOn(
  { terminal, isSilent }: { terminal: Terminal; isSilent: boolean },
  begin: number,
  end: number,
): Progress {
  if (isSilent) return silence;
  return terminal.isInteractive ? live(terminal, begin, end) : lines(terminal);
}
