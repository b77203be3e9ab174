// Encodes metrics with the classes of OpenTelemetry that Apache Kafka's client jar carries. Reads lines of tab-separated fields:
//   resource <key> <value>
//   times    <delta|cumulative> <start in ms> <now in ms>
//   measure  <sum|gauge> <name> <value> [<key> <value>]…
// and prints the MetricsData message in hex.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.kafka.shaded.io.opentelemetry.proto.common.v1.AnyValue;
import org.apache.kafka.shaded.io.opentelemetry.proto.common.v1.KeyValue;
import org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.Metric;
import org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.MetricsData;
import org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import org.apache.kafka.shaded.io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import org.apache.kafka.shaded.io.opentelemetry.proto.resource.v1.Resource;

public class TelemetryOracle {
  private static final long NS_PER_MS = 1_000_000L;

  public static void main(String[] args) throws Exception {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var resource = Resource.newBuilder();
    var scope = ScopeMetrics.newBuilder();
    var temporality = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
    long start = 0;
    long now = 0;
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      String[] fields = line.split("\t", -1);
      switch (fields[0]) {
        case "resource" -> resource.addAttributes(pair(fields[1], fields[2]));
        case "times" -> {
          if (fields[1].equals("cumulative")) temporality = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
          start = Long.parseLong(fields[2]) * NS_PER_MS;
          now = Long.parseLong(fields[3]) * NS_PER_MS;
        }
        case "measure" -> {
          boolean isSum = fields[1].equals("sum");
          var point = NumberDataPoint.newBuilder().setTimeUnixNano(now).setAsDouble(Double.parseDouble(fields[3]));
          if (isSum) point.setStartTimeUnixNano(start);
          for (int at = 4; at + 1 < fields.length; at += 2) point.addAttributes(pair(fields[at], fields[at + 1]));
          var metric = Metric.newBuilder().setName(fields[2]);
          if (isSum) metric.getSumBuilder().setAggregationTemporality(temporality).setIsMonotonic(true).addDataPoints(point);
          else metric.getGaugeBuilder().addDataPoints(point);
          scope.addMetrics(metric);
        }
        default -> throw new IllegalArgumentException(line);
      }
    }
    var data = MetricsData.newBuilder()
        .addResourceMetrics(ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scope));
    System.out.println(HexFormat.of().formatHex(data.build().toByteArray()));
  }

  private static KeyValue pair(String key, String value) {
    return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)).build();
  }
}
