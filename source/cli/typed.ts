/** What is needed only where something was typed, loaded as one: each seam is a file more for every start. */

export {default as meow} from 'meow';
export {completionFor} from './completion.ts';
export {help} from './help.ts';
