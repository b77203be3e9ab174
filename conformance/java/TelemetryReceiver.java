// A plug-in of Apache Kafka that takes in what clients push (KIP-714), and writes each metric as a line of tab-separated fields to the file
// that the property telemetry.receiver.file names: client id, client instance id, terminating, name, value, attributes, resource.
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.server.telemetry.ClientTelemetryContext;
import org.apache.kafka.server.telemetry.ClientTelemetryExporter;
import org.apache.kafka.server.telemetry.ClientTelemetryExporterProvider;
import org.apache.kafka.server.telemetry.ClientTelemetryPayload;
import org.apache.kafka.shaded.io.opentelemetry.proto.common.v1.AnyValue;
import org.apache.kafka.shaded.io.opentelemetry.proto.common.v1.KeyValue;
import org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.Metric;
import org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.MetricsData;
import org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.NumberDataPoint;

public class TelemetryReceiver implements MetricsReporter, ClientTelemetryExporterProvider, ClientTelemetryExporter {
  private Path file;

  @Override
  public void configure(Map<String, ?> configs) {
    file = Path.of((String) configs.get("telemetry.receiver.file"));
  }

  @Override
  public ClientTelemetryExporter clientTelemetryExporter() {
    return this;
  }

  @Override
  public synchronized void exportMetrics(ClientTelemetryContext context, ClientTelemetryPayload payload) {
    List<String> lines = new ArrayList<>();
    try {
      for (var about : MetricsData.parseFrom(payload.data()).getResourceMetricsList()) {
        String resource = text(about.getResource().getAttributesList());
        for (var scope : about.getScopeMetricsList())
          for (Metric metric : scope.getMetricsList())
            for (NumberDataPoint point : points(metric))
              lines.add(String.join("\t", context.authorizableRequestContext().clientId(), payload.clientInstanceId().toString(),
                  String.valueOf(payload.isTerminating()), metric.getName(), String.valueOf(value(point)),
                  text(point.getAttributesList()), resource));
      }
      Files.write(file, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException error) {
      throw new RuntimeException(error);
    }
  }

  private static double value(NumberDataPoint point) {
    return point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
  }

  private static List<NumberDataPoint> points(Metric metric) {
    return metric.hasSum() ? metric.getSum().getDataPointsList() : metric.getGauge().getDataPointsList();
  }

  private static String text(List<KeyValue> attributes) {
    return attributes.stream()
        .map(pair -> pair.getKey() + "=" + text(pair.getValue()))
        .collect(Collectors.joining(","));
  }

  private static String text(AnyValue value) {
    return value.hasIntValue() ? String.valueOf(value.getIntValue()) : value.getStringValue();
  }

  @Override
  public void init(List<KafkaMetric> metrics) {}

  @Override
  public void metricChange(KafkaMetric metric) {}

  @Override
  public void metricRemoval(KafkaMetric metric) {}

  @Override
  public void close() {}
}
