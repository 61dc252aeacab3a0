import {Box, render, Text, useInput} from 'ink';

/** The least an Ink app can be: what the start of the real one is compared with. */
const Bare = () => {
	useInput(() => undefined);
	return (
		<Box>
			<Text>first frame</Text>
		</Box>
	);
};

render(<Bare />, {alternateScreen: true, incrementalRendering: true, maxFps: 10, interactive: true});
