import type {Options} from '../cli/options.ts';
import type {PriceBook} from '../domain/money/price-book.ts';
import {check} from '../output/check.ts';
import {doctor} from '../output/doctor.ts';
import {toJson} from '../output/json/json.ts';
import {stringifySafely} from '../output/json/json-text.ts';
import {reportCsv} from '../output/report/by-csv.ts';
import {reportJson} from '../output/report/by-json.ts';
import {renderReportBy} from '../output/report/by-text.ts';
import {renderReport} from '../output/report/report.ts';
import {systemClock} from '../polling/clock.ts';
import {asciiText} from '../screen/text/ascii.ts';
import {type Overview, overview} from '../state/overview.ts';
import {reportOf} from '../state/report.ts';
import {collectOnce, hasAnswer} from './one-round.ts';
import {openAws, sourceOptionsOf} from './open-sources.ts';
import {policyFor} from './policy.ts';
import {prices} from './prices.ts';
import {openRun, type Run, type Runtime} from './runtime.ts';

/** The report by one dimension as text, JSON or CSV. */
const printedReport = (
	view: Overview,
	{options, runtime, home}: Pick<Run, 'options' | 'runtime'> & {home: string},
): string => {
	const {by, isJson, isCsv, isDemo, isAscii} = options;
	const found = reportOf(view, by);
	const {now} = view;
	if (isJson) return `${stringifySafely(reportJson(found, view, {version: runtime.version, isDemo}))}\n`;
	if (isCsv) return reportCsv(found, now);
	const text = renderReportBy(found, {now, home, columns: runtime.columns, isDemo});
	return isAscii ? asciiText(text) : text;
};

/** One round of every source as text, JSON, a verdict or a diagnosis; answers the exit code. */
export const report = async (run: Run): Promise<number> => {
	const {options, store, runtime} = run;
	const {sources, context, home, remove} = await openRun(run);
	runtime.onEnd(remove);
	await collectOnce({store, sources, context, clock: systemClock, timeoutMs: options.timeoutMs});
	const view = overview(store.getState(), systemClock.now());
	if (options.mode === 'check') {
		const {code, sentences} = check(view);
		for (const sentence of sentences) runtime.warn(sentence);
		return code;
	}
	const inSigns = (text: string) => (options.isAscii ? asciiText(text) : text);
	if (options.mode === 'doctor') {
		const {text, code} = doctor(view, {isJson: options.isJson, columns: runtime.columns});
		await runtime.print(inSigns(text));
		return code;
	}
	if (options.mode === 'report') {
		await runtime.print(printedReport(view, {options, runtime, home}));
		return hasAnswer(store.getState()) ? 0 : 2;
	}
	if (options.mode === 'json') {
		const json = toJson(view, {version: runtime.version, isDemo: options.isDemo});
		await runtime.print(`${stringifySafely(json)}\n`);
	} else {
		await runtime.print(inSigns(renderReport(view, {isDemo: options.isDemo, home})));
	}
	return hasAnswer(store.getState()) ? 0 : 2;
};

/** The price book. */
export const printPrices = async (options: Options, runtime: Runtime, book: PriceBook): Promise<number> => {
	const {refreshesPrices, regions, profile, isJson} = options;
	return prices({
		...runtime,
		...{book, isJson, profile},
		refreshFrom: refreshesPrices ? (regions[0] ?? 'us-east-1') : undefined,
		openAws: () => openAws(options),
		publicPrices: runtime.publicPrices,
		now: systemClock.now,
	});
};

/** What bedtop itself needs to be allowed. */
export const printPolicy = async (options: Options, {print}: Runtime): Promise<number> => {
	await print(`${JSON.stringify(policyFor(sourceOptionsOf(options)), undefined, 2)}\n`);
	return 0;
};
