import { render } from 'preact';
import { App } from './app';
import { watchAbsence } from './live/live';
import { watchPlace } from './router';
import { keepTime } from './state';
import './style/base.css';
import './style/parts.css';
import './style/screens.css';

watchPlace();
watchAbsence();
keepTime();

const root = document.getElementById('app');
if (root !== null) render(<App />, root);
