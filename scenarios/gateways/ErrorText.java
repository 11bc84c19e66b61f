import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/// An error as the chat platform tells it: as the text of an answer, inside a 200.
final class ErrorText {

    private ErrorText() {}

    static void answer(HttpExchange exchange, String asked, String error) throws IOException {
        if (exchange.getResponseCode() != -1) {
            return;
        }
        String text = Chat.quoted("**" + error + "**");
        if (!Chat.wantsStream(asked)) {
            Chat.reply(
                    exchange,
                    200,
                    "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                            + "\"content\":" + text + "},\"finish_reason\":\"stop\"}]}");
            return;
        }
        OutputStream out = Chat.beginStream(exchange);
        Chat.say(out, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":" + text + "}}]}\n\n");
        Chat.say(out, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
        Chat.say(out, "data: [DONE]\n\n");
    }
}
