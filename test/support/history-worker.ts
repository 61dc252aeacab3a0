import {explainFault} from '../../source/sources/history/fault.ts';
import {createHistory} from '../../source/sources/history/history.ts';
import {createTranscripts} from '../../source/sources/transcripts/transcripts.ts';

/** A program that reads and keeps, as a process of its own: `history-worker.ts CLAUDE STATE [once]`. */
const [claude = '', state = '', times = ''] = process.argv.slice(2);
const history = createHistory({directory: state, now: Date.now});
let files = createTranscripts({directories: [claude], memory: history});
process.stdout.write('ready\n');
for (let round = 0; times !== 'once' || round === 0; round++) {
	const {turns} = await files.read({touchedSince: 0});
	const isStillKnown = await files.keep();
	if (!isStillKnown) files = createTranscripts({directories: [claude], memory: history});
	if (times === 'once') process.stdout.write(`${JSON.stringify(turns.map(({id}) => id))}\n`);
}
try {
	process.stdout.write(`${JSON.stringify(history.look())}\n`);
} catch (fault) {
	process.stdout.write(`${explainFault(fault, history.path).message}\n`);
}
history.close();
