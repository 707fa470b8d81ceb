import { Component, type ReactNode } from 'react'
import { language } from '../text/text'
import { appTexts } from './app-texts'

interface Props {
  children: ReactNode
  onBroken?: () => void
}

/** What a fault of ours looks like: it says first that nothing is lost. */
export class ErrorScreen extends Component<Props, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override componentDidCatch(): void {
    this.props.onBroken?.()
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    const text = appTexts[language()]
    return (
      <div className="app-broken" role="alert">
        <h1>{text.brokenTitle}</h1>
        <p>{text.brokenText}</p>
        <button type="button" className="ui-button ui-button-main" onClick={() => location.reload()}>
          {text.reload}
        </button>
      </div>
    )
  }
}
