import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {benchBusy, benchIntake} from './busy.ts';
import {benchFrame} from './frame.ts';
import {benchGrowth} from './growth.ts';
import {benchOldFiles} from './old-files.ts';
import {benchQuiet} from './quiet.ts';
import {benchStart} from './start.ts';
import {benchStatus} from './status.ts';
import {benchTranscripts} from './transcripts.ts';
import {benchWatch} from './watch.ts';

/** Speed is a ratio measured in one run on one machine. Needs Linux (`script`, /proc); builds nothing: run after a build. */
const folder = mkdtempSync(join(tmpdir(), 'bedtop-bench-'));
const home = join(folder, 'home');
mkdirSync(join(home, '.claude', 'projects'), {recursive: true});
const env = {HOME: home, CLAUDE_CONFIG_DIR: join(home, '.claude'), AWS_EC2_METADATA_DISABLED: 'true'};
const only = process.argv[2];
const wants = (name: string) => only === undefined || only === name;
const print = (text: string) => process.stdout.write(`${text}\n`);

try {
	if (wants('start')) {
		const {bareMs, appMs, ratio} = await benchStart(folder, env);
		print(
			`start to first frame   bedtop ${appMs.toFixed(0)} ms, bare Ink ${bareMs.toFixed(0)} ms, ratio ${ratio.toFixed(2)} (aim ≤ 0.8)`,
		);
	}
	if (wants('frame')) {
		const {ink, display} = await benchFrame();
		print(
			`a changed word         line diff ${display.ms.toFixed(3)} ms and ${display.bytes} bytes, Ink ${ink.ms.toFixed(1)} ms and ${ink.bytes} bytes`,
		);
	}
	if (wants('status')) {
		const {lines, bareMs, fileRatio, transcriptsRatio} = benchStatus(folder, env);
		print(
			`status                 bare Node ${bareMs.toFixed(0)} ms, ratio ${fileRatio.toFixed(2)} kept, ${transcriptsRatio.toFixed(2)} by transcripts (aim < 3): ${lines.join(' | ')}`,
		);
	}
	if (wants('transcripts')) {
		const {megabytes, appMs, ccusageMs, ratio} = benchTranscripts(folder, env);
		const other =
			ccusageMs === undefined ? 'ccusage not found' : `ccusage ${ccusageMs.toFixed(0)} ms, ratio ${ratio?.toFixed(2)}`;
		print(`${megabytes.toFixed(0)} MB of transcripts   bedtop ${appMs.toFixed(0)} ms, ${other} (aim ≤ 1.5)`);
	}
	if (wants('watch')) {
		for (const isCapped of [true, false]) {
			const {usd, requests, rounds, models} = await benchWatch(isCapped);
			print(
				`watching a day, ${isCapped ? 'default' : 'no cap '} $${usd.toFixed(4)} for ${requests} metrics of ${models} models in ${rounds} rounds (aim < $0.05 with the default)`,
			);
		}
	}
	if (wants('growth')) {
		for (const {step, ms, ratio} of benchGrowth()) {
			const times = ms.map(one => one.toFixed(3)).join(', ');
			print(`${step.padEnd(22)} ${times} ms at 300, 30,000 and 300,000 replies: ratio ${ratio.toFixed(2)} (aim ≤ 1.5)`);
		}
	}
	if (wants('busy')) {
		const {records, readMs, reduceMs} = await benchIntake();
		print(
			`${records} records taken in  CPU ${readMs.toFixed(0)} ms to read them with the SDK, ${reduceMs.toFixed(0)} ms to take them into the state (aim ≤ 1000)`,
		);
		const {seconds, code, counted, isComplete, isTrue} = await benchBusy(env);
		print(
			`--json of a busy account ends after ${seconds.toFixed(1)} s (aim ≤ 30) with ${code}: ${counted} calls, ${isComplete ? '' : 'not '}complete, ${isTrue ? 'true' : 'NOT TRUE'} since then`,
		);
	}
	if (wants('quiet')) {
		for (const [columns, rows, aim] of [
			[120, 40, 0.4],
			[60, 15, 0.3],
		] as const) {
			const {cpuPercent, rssMb, bytesWritten} = await benchQuiet(env, {columns, rows});
			print(
				`a quiet minute, ${`${columns}×${rows}`.padEnd(6)} CPU ${cpuPercent.toFixed(2)} % of a core (aim ≤ ${aim}), RSS ${rssMb.toFixed(0)} MB (aim ≤ 100), ${bytesWritten} bytes written (aim ≤ 5,000)`,
			);
		}
	}
	if (wants('old')) {
		for (const files of [1, 10_000]) {
			const {cpuPercent, rssMb, p50, p99} = await benchOldFiles(folder, env, files);
			print(
				`a line a second beside ${files} old files   CPU ${cpuPercent.toFixed(2)} % (aim ≤ 1.5), RSS ${rssMb.toFixed(0)} MB (aim ≤ 110), on screen after ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms (aim ≤ 60)`,
			);
		}
	}
} finally {
	rmSync(folder, {recursive: true, force: true});
}
